using System.Text.Json.Nodes;
using GameDay.Sandbox.Api.Selectors;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>The open answer of a watch. Lines gather until they are flushed together.</summary>
internal sealed class WatchStream(HttpContext http, Presentation presentation)
{
    private const int Enough = 64 * 1024;
    private readonly MemoryStream pending = new();

    /// <summary>So much has gathered that it should go before more does.</summary>
    public bool IsFull => pending.Length > Enough;

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-cache, private";
        return http.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>A change may move an object into or out of what is watched: then it is an arrival or a departure.</summary>
    public void Add(Change change, ObjectFilter filter)
    {
        var was = change.Type != StoreEvent.Added && filter.Matches(change.Before);
        var isNow = change.Type != StoreEvent.Deleted && filter.Matches(change.Now);
        if (was || isNow)
        {
            Write(isNow ? was ? StoreEvent.Modified : StoreEvent.Added : StoreEvent.Deleted, change.Now);
        }
    }

    public void AddBookmark(ResourceType type, long version)
    {
        var mark = new JsonObject
        {
            ["kind"] = type.Kind,
            ["apiVersion"] = type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(), ["creationTimestamp"] = null },
        };
        Write("BOOKMARK", presentation.One(mark).ToUtf8());
    }

    public void AddError(ApiException error) => Write("ERROR", error.ToStatus().ToUtf8());

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (pending.Length > 0)
        {
            await http.Response.Body.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            pending.SetLength(0);
        }
    }

    private void Write(string type, StoredObject item)
    {
        if (presentation.IsMetadata)
        {
            Begin(type);
            ListBody.WriteMetadata(pending, item);
            pending.Write("}\n"u8);
        }
        else
        {
            Write(type, presentation.IsWhole ? item.Json : presentation.One(item.Parse()).ToUtf8());
        }
    }

    private void Write(string type, byte[] item)
    {
        Begin(type);
        pending.Write(item);
        pending.Write("}\n"u8);
    }

    private void Begin(string type)
    {
        pending.Write("{\"type\":\""u8);
        pending.Write(System.Text.Encoding.ASCII.GetBytes(type));
        pending.Write("\",\"object\":"u8);
    }
}
