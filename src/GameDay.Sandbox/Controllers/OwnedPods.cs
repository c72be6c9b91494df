using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Rules;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Controllers;

/// <summary>Creates pods for their owner, under the same admission as anybody's, and says in an event how that went.</summary>
internal sealed class OwnedPods(ClusterStore store, EventRecorder events)
{
    /// <summary>After a refusal, when to try again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>The pod, or null when it was refused.</summary>
    public JsonObject? Create(JsonObject owner, JsonObject pod, Func<string, string> created)
    {
        try
        {
            PodSecurity.Check(store, pod);
            var born = store.Create(ResourceTypes.Pods, pod);
            events.Record(owner, "Normal", "SuccessfulCreate", created(born.Name()));
            return born;
        }
        catch (ApiException refused) when (refused.Code == 403)
        {
            events.Record(owner, "Warning", "FailedCreate", $"Error creating: {refused.Message}");
            return null;
        }
    }
}
