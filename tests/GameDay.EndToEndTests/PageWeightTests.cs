using GameDay.EndToEndTests.Stage;
using Shouldly;

namespace GameDay.EndToEndTests;

/// <summary>What a first visit transfers, as sent: page, styles, scripts, icons and what the circuit says until it is ready.</summary>
public sealed class PageWeightTests(Product product, Chromium chromium, ITestOutputHelper output)
{
    private const double Budget = 500_000;

    [Fact]
    public async Task A_first_load_stays_within_the_budget()
    {
        using var api = new LocalApi(product);
        var id = await api.RunAsync(LocalApi.Shipped("latency-monkey-payments", "10s"));
        await LocalApi.UntilAsync("the exercise has ended", () => api.HasEndedAsync(id));
        await using var marta = await Visitor.SignInAsync(product, chromium, "marta");
        var wire = await marta.Context.NewCDPSessionAsync(marta.Page);
        var (bytes, answers) = (0.0, 0);
        wire.Event("Network.loadingFinished").OnEvent += (_, e) => { bytes += e!.Value.GetProperty("encodedDataLength").GetDouble(); answers++; };
        wire.Event("Network.webSocketFrameReceived").OnEvent += (_, e) => bytes += e!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Length;
        await wire.SendAsync("Network.enable");
        foreach (var path in new[] { "/", $"/exercises/{id}/board" })
        {
            await marta.Page.GotoAsync("about:blank");
            await wire.SendAsync("Network.clearBrowserCache");
            (bytes, answers) = (0, 0);
            await marta.OpenAsync(path);
            output.WriteLine($"{path}: {bytes / 1000:0} kB in {answers} answers");
            bytes.ShouldBeInRange(10_000, Budget, path);
        }
    }
}
