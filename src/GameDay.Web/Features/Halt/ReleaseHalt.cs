using GameDay.Domain.People;
using GameDay.Engine.Control;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Halt;

/// <summary>Lets exercises start again; the reason is kept in the audit.</summary>
public static class ReleaseHalt
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(string Reason) : IRequest;

    public sealed class Handler(HaltSwitch halt, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override Task Handle(Command request, CancellationToken cancellationToken) => halt.ReleaseAsync(user.Actor, request.Reason, cancellationToken);
    }
}
