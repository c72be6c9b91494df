using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace GameDay.Sandbox.Shop.Keys;

/// <summary>One client's connection, or a replica's once it asks to follow.</summary>
internal sealed class StoreConnection(StoreData data, ShopProcess process, IDuplexPipe pipe, IPEndPoint remote)
{
    public async Task ServeAsync(CancellationToken closed)
    {
        var open = true;
        while (open)
        {
            var read = await pipe.Input.ReadAsync(closed);
            var buffer = read.Buffer;
            try
            {
                while (open && RespReader.TryRead(ref buffer) is { } words)
                {
                    await process.Runs.RunsAsync(closed);
                    open = words.Length == 0 || await AnswerAsync(words, closed);
                }
            }
            catch (RespProtocolException wrong)
            {
                Write(Resp.Error("ERR " + wrong.Message));
                open = false;
            }

            pipe.Input.AdvanceTo(buffer.Start, buffer.End);
            await pipe.Output.FlushAsync(closed);
            open &= !read.IsCompleted;
        }
    }

    private async Task<bool> AnswerAsync(string[] words, CancellationToken closed)
    {
        switch (words[0].ToUpperInvariant())
        {
            case "QUIT":
                Write(Resp.Ok);
                return false;
            case "PSYNC" or "SYNC":
                await FeedAsync(closed);
                return false;
            default:
                Write(data.Answer(words));
                return true;
        }
    }

    private async Task FeedAsync(CancellationToken closed)
    {
        var (feed, answer) = data.AddReplica(remote);
        try
        {
            Write(answer);
            await pipe.Output.FlushAsync(closed);
            await foreach (var request in feed.Waiting.Reader.ReadAllAsync(closed))
            {
                Write(request);
                await pipe.Output.FlushAsync(closed);
            }
        }
        finally
        {
            data.RemoveReplica(feed);
        }
    }

    private void Write(string text) => Encoding.Latin1.GetBytes(text, pipe.Output);
}
