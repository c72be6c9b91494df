namespace GameDay.Sandbox.Kernel.Tc;

/// <summary>So many bits a second, and a first burst at once. Packets wait for their turn and none is dropped, however many wait.</summary>
public sealed class TokenBucket(double bitsPerSecond, int burstBytes)
{
    private readonly Lock _gate = new();
    private TimeSpan _free = TimeSpan.MinValue;

    public double BitsPerSecond => bitsPerSecond;

    public int BurstBytes => burstBytes;

    /// <summary>How long these bytes wait, behind all that were asked for before.</summary>
    /// <param name="now">On the kernel's monotonic clock.</param>
    public TimeSpan Take(int bytes, TimeSpan now)
    {
        lock (_gate)
        {
            var full = now - Time(burstBytes);
            _free = (_free > full ? _free : full) + Time(bytes);
            return _free > now ? _free - now : TimeSpan.Zero;
        }
    }

    private TimeSpan Time(int bytes) => TimeSpan.FromSeconds(bytes * 8 / bitsPerSecond);
}
