using System.Net.Sockets;
using GameDay.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GameDay.Web.Requests;

/// <summary>Last in the pipeline: failures that have a known cause and a next step become refusals; the rest stays a defect.</summary>
public sealed class Refuse<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RuleBroken("ChangedMeanwhile", "Somebody else changed this a moment ago. Reload the page, look at it again, then decide.");
        }
        catch (Exception e) when (DatabaseIsAway(e))
        {
            throw new RuleBroken("DatabaseAway", "The database does not answer. Nothing was changed; running faults still end by their deadline. Try again in a moment.");
        }
    }

    private static bool DatabaseIsAway(Exception e) =>
        e is NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException or IOException or TimeoutException }
        || (e.InnerException is { } inner && e is InvalidOperationException or DbUpdateException && e.InnerException is not null && DatabaseIsAway(e.InnerException));
}
