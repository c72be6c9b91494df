using GameDay.Data.Tables;
using GameDay.Domain.Exercises;
using GameDay.Domain.Experiments;
using GameDay.Domain.Findings;
using GameDay.Domain.People;
using GameDay.Domain.Safety;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Data;

/// <summary>
/// GameDay's tables. A page reads through it with projections; a command changes an exercise under <see cref="ExerciseLock.LockAsync"/>.
/// Saving an exercise also saves its new timeline entries and messages and tells the listeners, all in one transaction.
/// </summary>
public sealed class GameDayDbContext(DbContextOptions<GameDayDbContext> options) : DbContext(options)
{
    /// <summary>Channel of the database's notifications; the payload is <c>exercise:seq</c>.</summary>
    public const string Channel = "gameday";

    public DbSet<Exercise> Exercises => Set<Exercise>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<Injection> Injections => Set<Injection>();
    public DbSet<ProbeSample> ProbeSamples => Set<ProbeSample>();
    public DbSet<Finding> Findings => Set<Finding>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<Installation> Installations => Set<Installation>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<FreezeWindow> Freezes => Set<FreezeWindow>();
    public DbSet<OpenIncident> Incidents => Set<OpenIncident>();
    public DbSet<StoredKey> Keys => Set<StoredKey>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Use SaveChangesAsync: nothing here blocks a thread on the database.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var told = CollectWhatExercisesSay();
        if (told.Count == 0) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (Database.CurrentTransaction is not null) return await SaveAndTellAsync(told, acceptAllChangesOnSuccess, cancellationToken);
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var rows = await SaveAndTellAsync(told, acceptAllChangesOnSuccess, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<ToUtc>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(GameDayDbContext).Assembly);
        SnakeCase.Apply(modelBuilder.Model);
    }

    private List<Exercise> CollectWhatExercisesSay()
    {
        var told = new List<Exercise>();
        foreach (var exercise in ChangeTracker.Entries<Exercise>().Select(e => e.Entity).ToList())
        {
            var entries = exercise.NewEntries.Where(e => Entry(e).State == EntityState.Detached).ToList();
            Timeline.AddRange(entries);
            if (entries.Count > 0) told.Add(exercise);
        }
        return told;
    }

    private async Task<int> SaveAndTellAsync(List<Exercise> told, bool accept, CancellationToken ct)
    {
        var rows = await base.SaveChangesAsync(accept, ct);
        // One by one: within a batch EF orders rows by key, and the number is the order people read them in.
        foreach (var message in told.SelectMany(e => e.NewMessages).Where(m => Entry(m).State == EntityState.Detached))
        {
            Outbox.Add(message);
            rows += await base.SaveChangesAsync(accept, ct);
        }
        foreach (var exercise in told) await this.TellAsync(exercise.Id, exercise.LastSeq, ct);
        return rows;
    }
}
