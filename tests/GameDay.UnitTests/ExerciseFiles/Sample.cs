namespace GameDay.UnitTests.ExerciseFiles;

/// <summary>Texts of files, so that tests can spoil one thing in them.</summary>
public static class Sample
{
    public const string Good = """
        title: Slow payments
        goal: Know how slow it gets
        experiments:
          - key: slow-payments
            title: The payments are late
            hypothesis: Checkouts go on succeeding.
            fault: { kind: network-latency, delay: 300ms, to: app=payments }
            targets: { namespace: shop, selector: app=checkout, percent: 50 }
            duration: 1m30s
            probes:
              - name: checkouts
                question: Do checkouts succeed?
                unit: "%"
                http: { service: "storefront.shop:80", path: /checkout, measure: success }
                tolerance: { min: 99 }
            abortWhen:
              - { probe: checkouts, below: 50, for: 5s }
            expect: { impact: none, detectWithin: 60s, alerts: [CheckoutSlow] }

        """;

    public const string AllWrong = """
        titel: Slow payments
        policy: sandpit
        experiments:
          - key: Slow_Payments
            title: The payments are late
            fault: { kind: network-latency, dely: 300ms, to: app=payments }
            targets: { namespace: shop, selector: app=checkout, percent: 500 }
            duration: soon
            probes:
              - name: checkouts
                question: Do checkouts succeed?
                tolerance: { }
            abortWhen:
              - { probe: orders, for: 5s }

        """;
}
