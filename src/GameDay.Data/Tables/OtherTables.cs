using GameDay.Domain.Exercises;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GameDay.Data.Tables;

internal sealed class FindingTable : IEntityTypeConfiguration<Finding>
{
    public void Configure(EntityTypeBuilder<Finding> builder)
    {
        builder.ToTable("Findings");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Evidence).IsJson();
        // Ordinals: pages sort by them.
        builder.Property(f => f.Severity).HasConversion<int>();
        builder.Property(f => f.Likelihood).HasConversion<int>();
        builder.HasOne<Exercise>().WithMany().HasForeignKey(f => f.ExerciseId);
    }
}

internal sealed class PersonTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Roles).HasConversion<int>();
        builder.HasIndex(p => p.UserName).IsUnique();
    }
}

internal sealed class InstallationTable : IEntityTypeConfiguration<Installation>
{
    public void Configure(EntityTypeBuilder<Installation> builder)
    {
        builder.ToTable("Installation", t => t.HasCheckConstraint("only_row", "id = 1"));
        builder.Property(i => i.Id).ValueGeneratedNever();
    }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("Audit").HasKey(a => a.Number);
        builder.Property(a => a.Number).UseIdentityAlwaysColumn();
        builder.Property(a => a.At).HasDefaultValueSql("clock_timestamp()");
    }
}

internal sealed class KeyTable : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder) => builder.ToTable("Keys");
}
