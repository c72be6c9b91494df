namespace GameDay.Sandbox.Api.Clock;

/// <summary>The Date header of every answer, by the server's own clock and not the machine's.</summary>
internal sealed class ServerDate(RequestDelegate next, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.Date = clock.GetUtcNow().ToString("R");
            return Task.CompletedTask;
        });
        return next(http);
    }
}
