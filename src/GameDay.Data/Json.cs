using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GameDay.Data;

/// <summary>Maps immutable records to jsonb columns.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The record is replaced as a whole, so its reference says whether it changed.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasColumnType("jsonb").HasConversion(new ValueConverter<T, string>(v => Write(v), s => Read<T>(s)));
        property.Metadata.SetValueComparer(new ValueComparer<T>((a, b) => ReferenceEquals(a, b), v => v == null ? 0 : v.GetHashCode(), v => v));
        return property;
    }

    /// <summary>A list that grows in place: its snapshot is a copy.</summary>
    public static PropertyBuilder<List<T>> IsJsonList<T>(this PropertyBuilder<List<T>> property)
        where T : class
    {
        property.HasColumnType("jsonb").HasConversion(new ValueConverter<List<T>, string>(v => Write(v), s => Read<List<T>>(s)));
        property.Metadata.SetValueComparer(new ValueComparer<List<T>>((a, b) => Same(a, b), v => v.Count, v => v.ToList()));
        return property;
    }

    private static bool Same<T>(List<T>? a, List<T>? b)
        where T : class => ReferenceEquals(a, b) || (a is not null && b is not null && a.SequenceEqual(b, ReferenceEqualityComparer.Instance));

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;
}
