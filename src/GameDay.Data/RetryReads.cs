using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace GameDay.Data;

/// <summary>
/// Asks again after a lost connection where that is safe: outside a transaction of ours.
/// Inside one, the whole unit must be repeated, which only its owner can decide.
/// </summary>
internal sealed class RetryReads(ExecutionStrategyDependencies dependencies) : NpgsqlRetryingExecutionStrategy(dependencies, 3, TimeSpan.FromSeconds(1), null)
{
    protected override void OnFirstExecution() => ExceptionsEncountered.Clear();

    protected override bool ShouldRetryOn(Exception? exception) =>
        exception is not null && Dependencies.CurrentContext.Context.Database.CurrentTransaction is null && base.ShouldRetryOn(exception);
}
