using Shouldly;

namespace GameDay.UnitTests.Sandbox.Running;

internal static class Until
{
    /// <summary>Polls until a condition holds, with a deadline no healthy machine reaches.</summary>
    public static Task HoldsAsync(Func<bool> condition, string what, int seconds = 30) => HoldsAsync(() => Task.FromResult(condition()), what, seconds);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            limit.IsCancellationRequested.ShouldBeFalse($"still waiting after {seconds} s until {what}");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
