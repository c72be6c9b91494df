namespace GameDay.Sandbox.Kubelet;

/// <summary>Brings a container's image to its node as the kubelet does: at once, late, or not before it is there.</summary>
/// <param name="told">Hears what the container waits for.</param>
internal sealed class ImagePull(PodContext pod, string image, bool ephemeral, Action<ContainerState.Waiting> told)
{
    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(2);

    /// <summary>Ends when the image is there, with how it came.</summary>
    /// <param name="isUnknown">An image that no registry ever had.</param>
    public async Task<ImageShelf.Pull> ArrivedAsync(bool isUnknown, CancellationToken ct)
    {
        var (pull, changed) = pod.Services.Images.Find(image, ephemeral);
        while (pull.Missing || isUnknown)
        {
            await NotThereAsync(changed, ct);
            (pull, changed) = pod.Services.Images.Find(image, ephemeral);
        }

        if (pull.Delay > TimeSpan.Zero)
        {
            pod.Record("Normal", "Pulling", $"Pulling image \"{image}\"");
            await Task.Delay(pull.Delay, pod.Clock, ct);
            pod.Record("Normal", "Pulled", $"Successfully pulled image \"{image}\" in {pull.Delay.TotalSeconds:0.###}s");
        }

        return pull;
    }

    private async Task NotThereAsync(Task changed, CancellationToken ct)
    {
        var problem = $"failed to pull and unpack image \"{image}\": not found";
        pod.Record("Warning", "Failed", $"Failed to pull image \"{image}\": {problem}");
        told(new ContainerState.Waiting("ErrImagePull", problem));
        await Task.WhenAny(changed, Task.Delay(FirstTry, pod.Clock, ct));
        ct.ThrowIfCancellationRequested();
        pod.Record("Normal", "BackOff", $"Back-off pulling image \"{image}\"");
        told(new ContainerState.Waiting("ImagePullBackOff", $"Back-off pulling image \"{image}\": {problem}"));
        await changed.WaitAsync(ct);
    }
}
