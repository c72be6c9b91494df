using FluentValidation;
using GameDay.Data;
using GameDay.Domain.People;
using GameDay.Domain.Safety;
using GameDay.Web.Requests;
using MediatR;

namespace GameDay.Web.Features.Freezes;

/// <summary>A time in which nothing is broken on purpose, from now on asked about before every fault.</summary>
public static class AddFreeze
{
    [Allow(Role.Facilitator | Role.Administrator)]
    public sealed record Command(string Name, string Reason, DateTimeOffset? From, DateTimeOffset? To) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).NotEmpty().WithMessage("Give the freeze a name people know.").MaximumLength(100).WithMessage("Keep the name under 100 characters.");
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why; people who are refused will read it.").MaximumLength(1000).WithMessage("Keep the reason under 1,000 characters.");
            RuleFor(c => c.From).NotNull().WithMessage("Say from when.");
            RuleFor(c => c.To).NotNull().WithMessage("Say until when.");
        }
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            var freeze = new FreezeWindow(Guid.CreateVersion7(), request.Name.Trim(), request.Reason.Trim(), request.From!.Value, request.To!.Value, user.Name);
            db.Freezes.Add(freeze);
            db.Audit.Add(new AuditEntry(user.Name, "freeze added", freeze.Name, before: null, after: $"{freeze.From:u} to {freeze.To:u}: {freeze.Reason}"));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
