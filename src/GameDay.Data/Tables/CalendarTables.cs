using GameDay.Domain.Safety;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GameDay.Data.Tables;

internal sealed class FreezeTable : IEntityTypeConfiguration<FreezeWindow>
{
    public void Configure(EntityTypeBuilder<FreezeWindow> builder)
    {
        builder.ToTable("Freezes");
        builder.Property(f => f.Id).ValueGeneratedNever();
        // "from" and "to" are words of SQL itself.
        builder.Property(f => f.From).HasColumnName("starts_at");
        builder.Property(f => f.To).HasColumnName("ends_at");
        builder.HasIndex(f => f.To);
    }
}

internal sealed class IncidentTable : IEntityTypeConfiguration<OpenIncident>
{
    public void Configure(EntityTypeBuilder<OpenIncident> builder)
    {
        builder.ToTable("Incidents");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.HasIndex(i => i.ClosedAt);
    }
}
