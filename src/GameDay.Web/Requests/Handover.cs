using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GameDay.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GameDay.Web.Requests;

/// <summary>
/// From the prerendered page to the circuit that takes it over: what was asked and answered for the first is not asked
/// again for the second, so the page never goes blank in between. The answers stay on the server (<see cref="Handovers"/>);
/// the page carries only the key, so it grows by a few bytes and tells nobody anything.
/// </summary>
public sealed class Handover(Handovers handovers) : IDisposable
{
    private const string Name = "handover";
    private ConcurrentDictionary<object, Answered>? _keeping;
    private IReadOnlyDictionary<object, Answered>? _taken;
    private PersistingComponentStateSubscription _persisting;

    /// <param name="Actor">Whom it was answered for; nobody else gets it.</param>
    public sealed record Answered(Actor? Actor, object Answer);

    /// <summary>The root component calls this before anything below it asks.</summary>
    public void Begin(PersistentComponentState page, bool isInteractive)
    {
        if (isInteractive)
        {
            if (page.TryTakeFromJson<string>(Name, out var key) && key is not null) _taken = handovers.Take(key);
            return;
        }
        var kept = _keeping = new ConcurrentDictionary<object, Answered>();
        _persisting = page.RegisterOnPersisting(() =>
        {
            if (!kept.IsEmpty) page.PersistAsJson(Name, handovers.Keep(kept));
            return Task.CompletedTask;
        }, RenderMode.InteractiveServer);
    }

    /// <summary>The first picture of the circuit stands: from here on everything is asked afresh.</summary>
    public void End() => _taken = null;

    public void Keep(object request, Actor? actor, object? answer)
    {
        if (_keeping is { } keeping && answer is not null) keeping[request] = new(actor, answer);
    }

    public bool TryTake<T>(object request, Actor? actor, [NotNullWhen(true)] out T? answer)
    {
        answer = default;
        if (_taken is null || !_taken.TryGetValue(request, out var kept) || kept.Actor != actor || kept.Answer is not T found) return false;
        answer = found;
        return true;
    }

    public void Dispose() => _persisting.Dispose();
}
