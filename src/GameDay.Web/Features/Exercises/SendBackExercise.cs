using FluentValidation;
using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Exercises;

/// <summary>Sends the plan back to its author with a comment.</summary>
public static class SendBackExercise
{
    [Allow(Role.Approver)]
    public sealed record Command(Guid Id, string Comment) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Comment).NotEmpty().WithMessage("Say what should change; the author reads it.").MaximumLength(2000).WithMessage("Keep it under 2,000 characters.");
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user, TimeProvider clock) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            await using var unit = await db.LockAsync(request.Id, cancellationToken);
            unit.Exercise.Reject(request.Comment, user.Actor, clock.GetUtcNow());
            PlanVersions.Keep(db, unit.Exercise, PlanVersions.SentBack, user.Actor);
            await unit.CommitAsync(cancellationToken);
        }
    }
}
