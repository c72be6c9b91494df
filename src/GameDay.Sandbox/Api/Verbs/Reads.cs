using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Selectors;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>get and list.</summary>
internal sealed class Reads(ClusterStore store)
{
    public Task GetAsync(ApiCall call)
    {
        var item = call.Staleness is { } age ? Stale(call, age) : store.Get(call.Type, call.Namespace, call.Name);
        return Answer.JsonAsync(call.Http, Presentation.Of(call, store.Clock).One(item));
    }

    public Task ListAsync(ApiCall call)
    {
        var filter = ObjectFilter.Of(call);
        var from = ContinueToken.Parse(call.Option("continue"));
        if (from is { } token && !store.Remembers(call.Type, token.Version))
        {
            throw ApiException.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");
        }

        var (version, items) = call.Staleness is { } age && from is null ? StaleList(call, age) : store.Snapshot(call.Type, call.Namespace);
        var rest = from is { } after ? items.SkipWhile(item => string.CompareOrdinal(item.Key, after.Key) <= 0) : items;
        var matching = filter.HasSelectors ? rest.Where(filter.Matches) : rest;
        // As on real servers, a list at version 0 comes whole: the limit is ignored.
        var limit = call.NumberOption("limit") is > 0 and var wanted && call.Option("resourceVersion") != "0" ? wanted : int.MaxValue;
        var page = matching.Take(limit == int.MaxValue ? limit : limit + 1).ToList();
        var more = page.Count > limit;
        var metadata = new JsonObject { ["resourceVersion"] = (from?.Version ?? version).ToString() };
        if (more)
        {
            page.RemoveAt(limit);
            metadata["continue"] = new ContinueToken(from?.Version ?? version, page[^1].Key).ToString();
            if (!filter.HasSelectors)
            {
                metadata["remainingItemCount"] = items.Count(item => string.CompareOrdinal(item.Key, page[^1].Key) > 0);
            }
        }

        return SendAsync(call, page, metadata);
    }

    private JsonObject Stale(ApiCall call, TimeSpan age)
    {
        var key = StoredObject.KeyOf(call.Namespace, call.Name);
        return StaleList(call, age).Items.Find(item => item.Key == key)?.Parse() ?? throw ApiException.NotFound(call.Type, call.Name);
    }

    private (long Version, List<StoredObject> Items) StaleList(ApiCall call, TimeSpan age) =>
        store.SnapshotOf(age, call.Type, call.Namespace, ResourceVersions.Parse(call.Option("resourceVersion")) ?? 0);

    private Task SendAsync(ApiCall call, List<StoredObject> page, JsonObject metadata)
    {
        var presentation = Presentation.Of(call, store.Clock);
        return presentation.IsWhole ? ListBody.WholeAsync(call, page, metadata)
            : presentation.IsMetadata ? ListBody.MetadataAsync(call, page, metadata)
            : Answer.JsonAsync(call.Http, presentation.Many(page.Select(item => item.Parse()), metadata));
    }
}
