using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Registration;

/// <summary>Classifiers as an application registers and injects them.</summary>
[TestClass]
public sealed class ImageClassifierRegistrationTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Path_BeginsAtTheContentRoot_AndTheModelIsLoadedAtTheStart()
    {
        using IHost host = TestHost.Create((services, _) => services.AddImageClassifier("multiclass.zip", options => options.UnknownThreshold = 2));

        await host.StartAsync(TestContext.CancellationToken);

        ImagePrediction prediction = host.Services.GetRequiredService<IImageClassifier>().Predict(SavedModels.Image());
        Assert.Contains(prediction.Best.Label, SavedModels.ClassesOfFirst);
        Assert.IsTrue(prediction.IsUnknown);
    }

    [TestMethod]
    public async Task Names_AreKeysOfServices()
    {
        using IHost host = TestHost.Create((services, configuration) => services
            .AddImageClassifier("first", SavedModels.First)
            .AddImageClassifier("second", configuration.GetSection("Classifiers:Second")), ("Classifiers:Second:Path", "classscores.zip"));

        await host.StartAsync(TestContext.CancellationToken);

        using ImageClassifierLease first = host.Services.GetRequiredKeyedService<IImageClassifier>("first").Lease();
        using ImageClassifierLease second = host.Services.GetRequiredKeyedService<IImageClassifier>("second").Lease();
        Assert.AreSequenceEqual(SavedModels.ClassesOfFirst, first.Classifier.Classes);
        Assert.AreSequenceEqual(SavedModels.ClassesOfSecond, second.Classifier.Classes);
        Assert.IsNull(host.Services.GetService<IImageClassifier>());
    }

    [TestMethod]
    public void Section_SetsEveryOption()
    {
        using IHost host = TestHost.Create(
            (services, configuration) => services.AddImageClassifier("parts", configuration.GetSection("Parts")),
            ("Parts:Path", "multiclass.zip"),
            ("Parts:UseImageNet", "false"),
            ("Parts:UnknownThreshold", "0.25"),
            ("Parts:MaxDegreeOfParallelism", "3"),
            ("Parts:MaxPixelCount", "50000000"),
            ("Parts:MaxModelSize", "1000000"),
            ("Parts:MaxInputSize", "320"),
            ("Parts:ReloadOnChange", "false"),
            ("Parts:ReloadDelay", "00:00:02"),
            ("Parts:PollingInterval", "00:01:00"));

        ImageClassifierServiceOptions options = host.Services.GetRequiredService<IOptionsMonitor<ImageClassifierServiceOptions>>().Get("parts");

        Assert.AreEqual(("multiclass.zip", false, 0.25f, (int?)3), (options.Path, options.UseImageNet, options.UnknownThreshold, options.MaxDegreeOfParallelism));
        Assert.AreEqual((50_000_000L, 1_000_000L, 320), (options.MaxPixelCount, options.MaxModelSize, options.MaxInputSize));
        Assert.AreEqual(
            (false, TimeSpan.FromSeconds(2), (TimeSpan?)TimeSpan.FromMinutes(1)), (options.ReloadOnChange, options.ReloadDelay, options.PollingInterval));
    }

    [TestMethod]
    public async Task Start_WithValuesOutOfRange_NamesTheSectionAndAllValues()
    {
        using IHost host = TestHost.Create(
            (services, configuration) => services.AddImageClassifier("parts", configuration.GetSection("Classifiers:Parts")),
            ("Classifiers:Parts:ReloadDelay", "-00:00:01"),
            ("Classifiers:Parts:PollingInterval", "2.00:00:00"));

        OptionsValidationException error = await Assert.ThrowsExactlyAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));

        Assert.AreSequenceEqual(
            [
                "Image classifier 'parts', section 'Classifiers:Parts': Path is ''; expected a .zip that mlContext.Model.Save wrote, or UseImageNet.",
                "Image classifier 'parts', section 'Classifiers:Parts': ReloadDelay is -00:00:01; expected more than 0 and at most 01:00:00.",
                "Image classifier 'parts', section 'Classifiers:Parts': PollingInterval is 2.00:00:00; expected more than 0 and at most 1.00:00:00.",
            ],
            error.Failures);
    }

    [TestMethod]
    [DataRow("Pth", "model.zip", "Pth", DisplayName = "a misspelled setting")]
    [DataRow("MaxPixelCount", "many", "ImageClassifier:MaxPixelCount", DisplayName = "a value of another type")]
    public async Task Start_WithASettingThatCannotBeBound_NamesTheSectionAndTheSetting(string key, string value, string expected)
    {
        using IHost host = TestHost.Create(
            (services, configuration) => services.AddImageClassifier(configuration.GetSection("ImageClassifier")), ($"ImageClassifier:{key}", value));

        InvalidOperationException error = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => host.StartAsync(TestContext.CancellationToken));

        Assert.StartsWith("Image classifier, section 'ImageClassifier': ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [TestMethod]
    public async Task Start_WithPathAndUseImageNet_IsRefused()
    {
        using IHost host = TestHost.Create((services, _) => services.AddImageClassifier("multiclass.zip", options => options.UseImageNet = true));

        OptionsValidationException error = await Assert.ThrowsExactlyAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));

        Assert.AreEqual("Image classifier: Path is 'multiclass.zip' and UseImageNet is true; set one of them.", error.Message);
    }

    [TestMethod]
    public async Task Start_WithAFileThatIsNoModel_Fails()
    {
        using IHost host = TestHost.Create((services, _) => services.AddImageClassifier(SavedModels.ImagePath()));

        InvalidOperationException error = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => host.StartAsync(TestContext.CancellationToken));

        Assert.StartsWith($"Image classifier: '{SavedModels.ImagePath()}' cannot be loaded: ", error.Message);
    }

    [TestMethod]
    public async Task ContainerWithoutAHost_LoadsAtTheFirstUse()
    {
        ServiceCollection services = new();
        services.AddImageClassifier(options => options.Path = SavedModels.First);
        await using ServiceProvider provider = services.BuildServiceProvider();

        ImagePrediction prediction = await provider.GetRequiredService<IImageClassifier>()
            .PredictAsync(SavedModels.Image(), cancellationToken: TestContext.CancellationToken);

        Assert.Contains(prediction.Best.Label, SavedModels.ClassesOfFirst);
    }

    [TestMethod]
    public void DisposedContainer_EndsTheClassifier()
    {
        ServiceCollection services = new();
        services.AddImageClassifier(SavedModels.First);
        ServiceProvider provider = services.BuildServiceProvider();
        IImageClassifier classifier = provider.GetRequiredService<IImageClassifier>();
        classifier.Predict(SavedModels.Image());

        provider.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => classifier.Predict(SavedModels.Image()));
    }

    [TestMethod]
    public void SameNameTwice_IsRefused()
    {
        ServiceCollection services = new();
        services.AddImageClassifier("parts", SavedModels.First);

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => services.AddImageClassifier("parts", SavedModels.Second));

        Assert.StartsWith("Image classifier 'parts' is registered already.", error.Message);
    }

    [TestMethod]
    public void NullAndEmpty_AreRefused()
    {
        ServiceCollection services = new();

        Assert.ThrowsExactly<ArgumentException>(() => services.AddImageClassifier(string.Empty));
        Assert.ThrowsExactly<ArgumentNullException>(() => services.AddImageClassifier((IConfiguration)null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => services.AddImageClassifier((Action<ImageClassifierServiceOptions>)null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => services.AddImageClassifier(null!, "model.zip"));
    }
}
