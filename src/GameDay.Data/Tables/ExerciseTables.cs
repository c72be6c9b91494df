using GameDay.Domain.Exercises;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GameDay.Data.Tables;

internal sealed class ExerciseTable : IEntityTypeConfiguration<Exercise>
{
    public void Configure(EntityTypeBuilder<Exercise> builder)
    {
        builder.ToTable("Exercises");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Plan).IsJson();
        builder.Property(e => e.Policy).IsJson();
        builder.Property<List<Approval>>("_approvals").HasColumnName("Approvals").IsJsonList();
        builder.Property<List<ApprovedTargets>>("_targets").HasColumnName("Targets").IsJsonList();
        builder.Ignore(e => e.Approvals).Ignore(e => e.Targets).Ignore(e => e.NewEntries).Ignore(e => e.NewMessages);
        // Who changes an exercise without its lock loses, instead of making a second entry of the same number.
        builder.Property(e => e.LastSeq).IsConcurrencyToken();
        builder.HasIndex(e => e.State);
    }
}

internal sealed class TimelineTable : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> builder)
    {
        builder.ToTable("Timeline").HasKey(e => new { e.ExerciseId, e.Seq });
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.Property(e => e.At).HasDefaultValueSql("clock_timestamp()");
        builder.HasOne<Exercise>().WithMany().HasForeignKey(e => e.ExerciseId);
        builder.HasIndex(e => e.RunId);
        builder.HasIndex(e => new { e.ExerciseId, e.ClientKey }).IsUnique();
    }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("Outbox");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Number).UseIdentityAlwaysColumn();
        builder.Property(m => m.CreatedAt).HasDefaultValueSql("clock_timestamp()");
        builder.HasIndex(m => m.Number).IsUnique();
        builder.HasIndex(m => new { m.Channel, m.Number }).HasFilter("state = 'Waiting'");
        builder.HasIndex(m => m.ExerciseId);
    }
}
