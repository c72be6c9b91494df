using FluentValidation;
using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace GameDay.Web.Features.Settings;

/// <summary>A new local account.</summary>
public static class AddPerson
{
    [Allow(Role.Administrator)]
    public sealed record Command(string UserName, string Name, Role Roles, string Password) : IRequest;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserName).NotEmpty().MaximumLength(60).WithMessage("Give a user name of at most 60 characters.");
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100).WithMessage("Give the name people know them by.");
            RuleFor(c => c.Roles).NotEqual(Role.None).WithMessage("Choose at least one role.");
            RuleFor(c => c.Password).MinimumLength(12).WithMessage("A password has at least 12 characters.");
        }
    }

    public sealed class Handler(GameDayDbContext db, CurrentUser user, IPasswordHasher<Person> hasher) : AsyncRequestHandler<Command>
    {
        protected override async Task Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.People.AnyAsync(p => p.UserName == request.UserName.Trim(), cancellationToken)) throw new RuleBroken("UserNameTaken", $"There is a '{request.UserName}' already. Choose another user name.");
            var person = new Person(Guid.CreateVersion7(), request.UserName.Trim(), request.Name.Trim(), request.Roles, isDemo: false);
            person.SetPassword(hasher.HashPassword(person, request.Password));
            db.People.Add(person);
            db.Audit.Add(new AuditEntry(user.Name, "person added", person.UserName, before: null, after: person.Roles.ToString()));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
