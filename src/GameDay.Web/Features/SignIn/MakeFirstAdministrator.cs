using FluentValidation;
using GameDay.Data;
using GameDay.Domain;
using GameDay.Domain.People;
using GameDay.Web.Requests;
using GameDay.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace GameDay.Web.Features.SignIn;

/// <summary>The one-time link's act: whoever holds the key becomes the first administrator.</summary>
public static class MakeFirstAdministrator
{
    [AllowAnyone]
    public sealed record Command(string Key, string UserName, string Name, string Password) : IRequest<Person>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserName).NotEmpty().MaximumLength(60).WithMessage("Give a user name of at most 60 characters.");
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100).WithMessage("Give the name people know you by.");
            RuleFor(c => c.Password).MinimumLength(12).WithMessage("A password has at least 12 characters.");
        }
    }

    public sealed class Handler(GameDayDbContext db, SetupLink link, IPasswordHasher<Person> hasher) : IRequestHandler<Command, Person>
    {
        public async Task<Person> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!link.Use(request.Key)) throw new RuleBroken("LinkUsed", "This link is not valid any more. Restart GameDay for a new one, if nobody is administrator yet.");
            var person = new Person(Guid.CreateVersion7(), request.UserName.Trim(), request.Name.Trim(), Role.Administrator | Role.Facilitator, isDemo: false);
            person.SetPassword(hasher.HashPassword(person, request.Password));
            db.People.Add(person);
            db.Audit.Add(new AuditEntry(person.Name, "first administrator", person.UserName, before: null, after: person.Roles.ToString()));
            await db.SaveChangesAsync(cancellationToken);
            return person;
        }
    }
}
