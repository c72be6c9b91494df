using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GameDay.Data;

/// <summary>PostgreSQL keeps instants, not offsets; Npgsql refuses any offset but zero.</summary>
internal sealed class ToUtc() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v);
