using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Serving;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Registration;

/// <summary>What the health checks report.</summary>
[TestClass]
public sealed class HealthCheckTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task HealthService_KnowsEachClassifierByItsName()
    {
        using IHost host = TestHost.Create((services, _) => services
            .AddImageClassifier(SavedModels.First)
            .AddImageClassifier("parts", SavedModels.Second)
            .AddHealthChecks().AddImageClassifier().AddImageClassifier("parts", HealthStatus.Degraded, ["ready"]));
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();

        HealthReport before = await health.CheckHealthAsync(TestContext.CancellationToken);
        await host.StartAsync(TestContext.CancellationToken);
        HealthReport after = await health.CheckHealthAsync(TestContext.CancellationToken);

        Assert.AreSequenceEqual(["image_classifier", "image_classifier:parts"], after.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.AreEqual(HealthStatus.Unhealthy, before.Entries["image_classifier"].Status);
        Assert.AreEqual(HealthStatus.Degraded, before.Entries["image_classifier:parts"].Status);
        Assert.AreEqual(HealthStatus.Healthy, after.Status);
        Assert.AreEqual(1, after.Entries["image_classifier"].Data["generation"]);
        Assert.Contains("ready", after.Entries["image_classifier:parts"].Tags);
    }

    [TestMethod]
    public async Task NameThatIsNotRegistered_IsNamed()
    {
        using IHost host = TestHost.Create((services, _) => services.AddImageClassifier(SavedModels.First).AddHealthChecks().AddImageClassifier("parts"));

        InvalidOperationException error = await Assert.ThrowsExactlyAsync<InvalidOperationException>(
            () => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.CancellationToken));

        Assert.StartsWith("Image classifier 'parts' is to be checked, but is not registered.", error.Message);
    }

    [TestMethod]
    public async Task BadFile_IsDegraded_UntilAGoodOneComes()
    {
        using ServedFile served = new();
        served.Put("This is no model."u8);
        served.ReportAndWait();
        served.WaitForLastAttempt();

        HealthCheckResult bad = await CheckAsync(served);
        served.Put(SavedModels.Second);
        served.ReportAndWait();
        HealthCheckResult good = await CheckAsync(served);

        Assert.AreEqual(HealthStatus.Degraded, bad.Status);
        Assert.StartsWith($"'{served.FilePath}' has changed and cannot be loaded; the model from before stays in use: ", bad.Description);
        Assert.IsInstanceOfType<InvalidDataException>(bad.Exception);
        Assert.AreEqual(1, bad.Data["generation"]);
        Assert.AreEqual(HealthStatus.Healthy, good.Status);
        Assert.AreEqual(2, good.Data["generation"]);
        Assert.AreEqual(served.Time.GetUtcNow(), good.Data["loaded_at"]);
    }

    private Task<HealthCheckResult> CheckAsync(ServedFile served)
    {
        ClassifierHealthCheck check = new(served.Classifier);
        return check.CheckHealthAsync(new() { Registration = new("check", check, HealthStatus.Unhealthy, tags: null) }, TestContext.CancellationToken);
    }
}
