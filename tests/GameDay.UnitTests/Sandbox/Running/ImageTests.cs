using GameDay.Sandbox.Kubelet;
using GameDay.Sandbox.Store;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Sandbox.Running;

/// <summary>Images that are slow, missing, or end as soon as they start.</summary>
public sealed class ImageTests : IAsyncDisposable
{
    private const string Image = "example.com/odd:1";
    private readonly Stage _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_pod_waits_for_its_image_until_it_is_there_and_can_be_deleted_meanwhile()
    {
        _stage.Workloads.Images.Set(Image, new ImageShelf.Pull(Missing: true, TimeSpan.Zero));
        _stage.AddPod("a", Image);
        _stage.AddPod("b", Image);
        await Until.HoldsAsync(() => Waits("a") == "ImagePullBackOff" && Waits("b") == "ImagePullBackOff", "both wait for the image");
        _stage.Pod("a").Text("status", "phase").ShouldBe("Pending");
        Stage.IsReady(_stage.Pod("a")).ShouldBeFalse();

        _stage.Store.Delete(ResourceTypes.Pods, "shop", "b");
        await Until.HoldsAsync(() => !_stage.Exists("b"), "the one that was deleted is gone");
        _stage.Workloads.Images.Set(Image, ImageShelf.Pull.AtOnce);

        await Until.HoldsAsync(() => Stage.IsReady(_stage.Pod("a")), "the other runs");
        _stage.Store.List(ResourceTypes.Events, "shop").Select(e => e.Text("message")).ShouldContain($"Back-off pulling image \"{Image}\"");
    }

    [Fact]
    public async Task An_image_that_crashes_ends_in_CrashLoopBackOff()
    {
        _stage.Workloads.Images.Set(Image, new ImageShelf.Pull(Missing: false, TimeSpan.Zero, Crashes: 3));
        _stage.AddPod("a", Image);

        await Until.HoldsAsync(() => Waits("a") == "CrashLoopBackOff", "it waits to start again");

        var status = _stage.Pod("a").Items("status", "containerStatuses").Single();
        status.Number("restartCount").ShouldBe(1);
        status.Number("lastState", "terminated", "exitCode").ShouldBe(3);
        status.Text("state", "waiting", "message")!.ShouldStartWith("back-off 10s restarting failed container=main");
        _stage.Pod("a").Text("status", "phase").ShouldBe("Running");
    }

    [Fact]
    public void Pauses_double_up_to_five_minutes_and_begin_anew_after_ten_sound_ones()
    {
        var backOff = new CrashBackOff();

        var pauses = Enumerable.Range(0, 9).Select(_ => backOff.Next(TimeSpan.FromSeconds(1)).TotalSeconds).ToList();

        pauses.ShouldBe([0, 10, 20, 40, 80, 160, 300, 300, 300]);
        backOff.Next(TimeSpan.FromMinutes(10)).ShouldBe(TimeSpan.Zero);
        backOff.Next(TimeSpan.Zero).ShouldBe(TimeSpan.FromSeconds(10));
    }

    private string? Waits(string pod) => _stage.Pod(pod).Items("status", "containerStatuses").FirstOrDefault().Text("state", "waiting", "reason");
}
