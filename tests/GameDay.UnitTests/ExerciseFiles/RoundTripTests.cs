using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GameDay.Web.ExerciseFiles;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.ExerciseFiles;

public sealed class RoundTripTests
{
    [Fact]
    public void What_is_written_reads_back_as_the_same_plan() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Plans.Files.ToArbitrary(), file =>
    {
        var text = ExerciseFileWriter.Write(file);
        var back = ExerciseFileReader.Read(text, TestKinds.All);
        back.Problems.ShouldBeEmpty(text);
        JsonSerializer.Serialize(back.File).ShouldBe(JsonSerializer.Serialize(file), text);
        back.File!.Plan.Hash().ShouldBe(file.Plan.Hash());
    }));

    [Fact]
    public void The_written_file_looks_as_a_person_would_write_it()
    {
        var file = ExerciseFileReader.Read(Sample.Good, TestKinds.All).File!;
        ExerciseFileWriter.Write(file).ShouldBe("""
            # yaml-language-server: $schema=../../schemas/exercise.schema.json
            title: Slow payments
            goal: Know how slow it gets
            cluster: sandbox
            policy: sandbox
            channel: "#gameday"
            experiments:
              - key: slow-payments
                title: The payments are late
                hypothesis: Checkouts go on succeeding.
                fault: { kind: network-latency, delay: 300ms, to: app=payments }
                targets: { namespace: shop, selector: app=checkout, percent: 50 }
                duration: 1m30s
                recoverWithin: 30s
                probes:
                  - name: checkouts
                    question: Do checkouts succeed?
                    unit: "%"
                    every: 1s
                    http: { service: "storefront.shop:80", path: /checkout, measure: success }
                    tolerance: { min: 99 }
                abortWhen:
                  - { probe: checkouts, below: 50, for: 5s }
                expect:
                  impact: none
                  detectWithin: 1m
                  alerts: [CheckoutSlow]

            """);
    }
}
