using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Selectors;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>delete and deletecollection.</summary>
internal sealed class Deletes(ClusterStore store)
{
    public async Task DeleteAsync(ApiCall call)
    {
        var body = await call.OptionalBodyAsync();
        var item = Delete(call, body, call.Name);
        var returnsObject = call.Type == ResourceTypes.Pods || item.IsDeleting();
        await Answer.JsonAsync(call.Http, returnsObject ? Presentation.Of(call, store.Clock).One(item) : Done(call.Type, item));
    }

    public async Task DeleteCollectionAsync(ApiCall call)
    {
        var body = await call.OptionalBodyAsync();
        var filter = ObjectFilter.Of(call);
        var (version, items) = store.Snapshot(call.Type, call.Namespace);
        var chosen = items.Where(filter.Matches).Select(item => item.Parse()).ToList();
        foreach (var item in chosen)
        {
            store.TryDelete(call.Type, item.Namespace(), item.Name(), OptionsOf(call, body) with { Uid = item.Uid() });
        }

        var metadata = new JsonObject { ["resourceVersion"] = version.ToString() };
        await Answer.JsonAsync(call.Http, Presentation.Of(call, store.Clock).Many(chosen, metadata));
    }

    private JsonObject Delete(ApiCall call, JsonObject body, string name)
    {
        var options = OptionsOf(call, body);
        var item = store.Get(call.Type, call.Namespace, name);
        var orphans = (body.Text("propagationPolicy") ?? call.Option("propagationPolicy")) == "Orphan" || body.IsTrue("orphanDependents");
        if (orphans && !options.DryRun)
        {
            Dependents.LetGo(store, item.Uid());
        }

        return store.Delete(call.Type, call.Namespace, name, options);
    }

    private static DeleteOptions OptionsOf(ApiCall call, JsonObject body) => new(
        body.Number("gracePeriodSeconds") ?? call.NumberOption("gracePeriodSeconds"),
        body.Text("preconditions", "uid"),
        body.Text("preconditions", "resourceVersion"),
        call.IsDryRun || body.Texts("dryRun").Contains("All", StringComparer.Ordinal));

    private static JsonObject Done(ResourceType type, JsonObject item)
    {
        var status = Answer.Success();
        status.Remove("code");
        var details = new JsonObject { ["name"] = item.Name() };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Plural;
        details["uid"] = item.Uid();
        status["details"] = details;
        return status;
    }
}
