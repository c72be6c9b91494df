using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Patching;
using GameDay.Sandbox.Api.Rules;
using GameDay.Sandbox.Api.Security;
using GameDay.Sandbox.Api.Security.Rbac;
using GameDay.Sandbox.Controllers;
using GameDay.Sandbox.Store;
using GameDay.Sandbox.Store.Defaults;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>create, update and patch, of objects and of their status.</summary>
internal sealed class Writes(ClusterStore store, ServiceAddresses addresses, Authorizer authorizer)
{
    public async Task CreateAsync(ApiCall call) => await AnswerAsync(call, Create(call, await call.BodyAsync(), "Update"), 201);

    public async Task UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        await AnswerAsync(call, Change(call, "Update", item => Contents.Replace(item, body)));
    }

    public async Task PatchAsync(ApiCall call)
    {
        var patch = await call.NodeAsync();
        var contentType = call.Http.Request.ContentType;
        var applies = contentType == Patches.ServerSideApply;
        if (applies && patch is JsonObject applied && call.Subresource is null && store.Find(call.Type, call.Namespace, call.Name) is null)
        {
            authorizer.Demand(RequestUser.Of(call.Http), AccessAttributes.Of(call.Http.Request) with { Verb = "create" });
            applied.Ensure("metadata")["name"] = call.Name;
            await AnswerAsync(call, Create(call, applied, "Apply"), 201);
            return;
        }

        var changed = applies && patch is JsonObject configuration
            ? Apply(call, configuration)
            : Change(call, "Update", item => Patches.Apply(contentType, item, patch));
        await AnswerAsync(call, changed);
    }

    private JsonObject Apply(ApiCall call, JsonObject configuration) => store.Mutate(
        call.Type,
        call.Namespace,
        call.Name,
        item =>
        {
            Change(call, "Apply", item, old => ServerSideApply.Apply(old, configuration, call.Manager, call.Flag("force")));
            ManagedFields.RecordApplied(item, configuration, call.Manager, store.Clock.GetUtcNow());
        },
        dryRun: call.IsDryRun);

    /// <summary>Changes the stored object as a client may: identity, other parts and rules are kept.</summary>
    public JsonObject Change(ApiCall call, string operation, Action<JsonObject> change) =>
        store.Mutate(call.Type, call.Namespace, call.Name, item => Change(call, operation, item, change), dryRun: call.IsDryRun);

    private void Change(ApiCall call, string operation, JsonObject item, Action<JsonObject> change)
    {
        var old = item.Copy();
        change(item);
        Identity.Check(call, old, item);
        Contents.Restrict(call.Subresource, old, item);
        if (call.Type == ResourceTypes.Services)
        {
            ServiceAddresses.Keep(old, item);
        }

        UnknownFields.Drop(call, item);
        ObjectDefaults.Apply(call.Type, item);
        if (call.Subresource == "ephemeralcontainers")
        {
            EphemeralContainers.Check(old, item);
            PodSecurity.Check(store, item);
        }
        else
        {
            Validation.OnUpdate(call.Type, old, item);
        }

        ManagedFields.Record(old, item, call.Manager, operation, call.Subresource, store.Clock.GetUtcNow());
    }

    private JsonObject Create(ApiCall call, JsonObject body, string operation)
    {
        Identity.CheckKind(call, body);
        if (body.Namespace() is { Length: > 0 } ns && call.Type.Namespaced && ns != call.Namespace)
        {
            throw ApiException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        var item = body.Copy();
        item.Ensure("metadata").Put("namespace", call.Namespace);
        NamespaceRules.CheckBirth(store, call.Type, call.Namespace, item.Name());
        if (call.Type != ResourceTypes.Nodes && call.Type != ResourceTypes.Events)
        {
            item.Remove("status");
        }

        UnknownFields.Drop(call, item);
        item["apiVersion"] = call.Type.ApiVersion;
        ManagedFields.Record(null, item, call.Manager, operation, null, store.Clock.GetUtcNow());
        var complete = store.Create(call.Type, item, dryRun: true);
        Validation.OnCreate(call.Type, complete);
        PodSecurity.Warn(store, call, complete);
        if (call.Type == ResourceTypes.Pods)
        {
            PodSecurity.Check(store, complete);
        }
        else if (call.Type == ResourceTypes.Services)
        {
            addresses.Assign(complete);
        }

        return store.Create(call.Type, complete, call.IsDryRun);
    }

    private Task AnswerAsync(ApiCall call, JsonObject item, int code = 200) =>
        Answer.JsonAsync(call.Http, Presentation.Of(call, store.Clock).One(item), code);
}
