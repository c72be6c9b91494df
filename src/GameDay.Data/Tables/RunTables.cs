using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GameDay.Data.Tables;

internal sealed class RunTable : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.ToTable("Runs");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Epoch).IsConcurrencyToken();
        builder.HasMany(r => r.Injections).WithOne().HasForeignKey(i => i.RunId);
        builder.Navigation(r => r.Injections).AutoInclude().UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasOne<Exercise>().WithMany().HasForeignKey(r => r.ExerciseId);
        builder.HasIndex(r => new { r.ExerciseId, r.Number }).IsUnique();
        builder.HasIndex(r => r.State);
    }
}

internal sealed class InjectionTable : IEntityTypeConfiguration<Injection>
{
    public void Configure(EntityTypeBuilder<Injection> builder)
    {
        builder.ToTable("Injections");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Target).IsJson();
        builder.Property(i => i.Undo).IsJson();
        builder.Property(i => i.Effect).IsJson();
        builder.Property(i => i.Proof).IsJson();
        builder.HasIndex(i => i.Phase);
    }
}

internal sealed class ProbeSampleTable : IEntityTypeConfiguration<ProbeSample>
{
    public void Configure(EntityTypeBuilder<ProbeSample> builder)
    {
        builder.ToTable("ProbeSamples").HasKey(s => new { s.RunId, s.Probe, s.At });
        builder.Property(s => s.At).ValueGeneratedNever();
        builder.HasOne<Run>().WithMany().HasForeignKey(s => s.RunId);
    }
}
