using FluentValidation;
using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Domain.Safety;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Incidents;

/// <summary>A real incident is open: no fault starts until it is closed. Everybody in an exercise may say so.</summary>
public static class DeclareIncident
{
    [Allow(Role.Observer | Role.Responder | Role.Approver | Role.Facilitator | Role.Administrator)]
    public sealed record Command(string Title) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Title).NotEmpty().WithMessage("Say what it is and where it is handled.").MaximumLength(200).WithMessage("Keep it under 200 characters.");
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var incident = new OpenIncident(Guid.CreateVersion7(), request.Title.Trim(), user.Name, clock.GetUtcNow());
            db.Incidents.Add(incident);
            db.Audit.Add(new AuditEntry(user.Name, "incident declared", incident.Title, before: null, after: "open"));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
