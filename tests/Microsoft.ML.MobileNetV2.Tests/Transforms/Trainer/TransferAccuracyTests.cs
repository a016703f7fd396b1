using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>The trainer with its default options against scikit-learn's LogisticRegression on the same network's features.</summary>
[TestClass]
[TestCategory("Slow")]
public sealed class TransferAccuracyTests
{
    /// <summary>What a trainer may fall behind the best of three regularizations that were chosen on the test images themselves.</summary>
    private const double AllowedLoss = 0.005;

    private readonly MLContext _context = new(1);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [RequiresReferenceData]
    public void Fit_OnImageNetFeatures_IsAsAccurateAsLogisticRegression()
    {
        AssertAsAccurate("clothing");
        AssertAsAccurate("signs");
    }

    private void AssertAsAccurate(string dataset)
    {
        const string Weights = "mobilenet_v2_1.0_224_imagenet";
        double baseline = ReferenceData.ReadTable("baselines.tsv")
            .Where(row => row["dataset"] == dataset && row["weights"] == Weights)
            .Max(row => double.Parse(row["test_accuracy"], CultureInfo.InvariantCulture));
        IDataView test = ReadImages(dataset, "test");

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            Weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", $"{Weights}.safetensors")),
        }).Fit(ReadImages(dataset, "train"));

        string[] labels = [.. test.GetColumn<string>("Label")];
        float[][] scores = [.. model.Transform(test).GetColumn<float[]>("Score")];
        double accuracy = scores.Zip(labels).Count(pair => model.ClassNames[pair.First.IndexOf(pair.First.Max())] == pair.Second) / (double)labels.Length;
        TestContext.WriteLine(FormattableString.Invariant($"{dataset}: {accuracy:P2}, LogisticRegression {baseline:P2}"));
        Assert.IsGreaterThanOrEqualTo(baseline - AllowedLoss, accuracy, dataset);
    }

    private IDataView ReadImages(string dataset, string part) => _context.Data.LoadFromEnumerable(
        Directory.GetFiles(ReferenceData.PathOf("images", dataset, part), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new PathExample { Image = path, Label = Path.GetFileName(Path.GetDirectoryName(path)!) })
            .ToArray());
}
