using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Halt;

/// <summary>The big red button: every live exercise is aborted and nothing starts until it is released.</summary>
public static class HaltAll
{
    [Allow(AllowAttribute.SignedIn)]
    public sealed record Command(string? Reason) : IRequest<HaltOutcome>;

    public sealed class Handler(HaltSwitch halt, CurrentUser user) : IRequestHandler<Command, HaltOutcome>
    {
        public Task<HaltOutcome> Handle(Command request, CancellationToken cancellationToken) => halt.HaltAsync(user.Actor, request.Reason, cancellationToken);
    }
}
