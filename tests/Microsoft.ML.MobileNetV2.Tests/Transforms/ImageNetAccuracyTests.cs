using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>Google's weights on real images, one for every fifth class of ImageNet: the whole way from file to score.</summary>
[TestClass]
[TestCategory("Slow")]
public sealed class ImageNetAccuracyTests
{
    /// <summary>Pillow and PyTorch get 88.5 % of these images right with the same weights; two images may fall the other way.</summary>
    private const double LeastTopOneAccuracy = 0.875;

    /// <summary>Pillow and PyTorch get 86 % right with the default weights at 224 px, and 98 % among the first five.</summary>
    private const double LeastTopOneAccuracyOfTheDefault = 0.85;

    private const double LeastTopFiveAccuracyOfTheDefault = 0.97;

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [RequiresReferenceData]
    public void Scores_OfTheImageNetSamples_AreAsGoodAsPillowAndPyTorch()
    {
        AssertAccuracy(useScaledDecoding: true);
        AssertAccuracy(useScaledDecoding: false);
        AssertAccuracyOfForImageNet();
    }

    private void AssertAccuracyOfForImageNet()
    {
        IReadOnlyDictionary<string, string>[] samples = ReferenceData.ReadTable("images", "imagenet-samples.tsv");
        using ImageClassifier classifier = ImageClassifier.ForImageNet();

        string[] expected = [.. samples.Select(row => ImageNetClasses.Names[int.Parse(row["class_index_1000"], CultureInfo.InvariantCulture)])];
        ImagePrediction[] predictions = [.. classifier
            .Predict(samples.Select(row => ReferenceData.PathOf("images", "imagenet-samples", row["file"])), topK: 5, TestContext.CancellationToken)
            .Select(result => result.Value)];

        double topOne = predictions.Zip(expected).Count(pair => pair.First.Best.Label == pair.Second) / (double)expected.Length;
        double topFive = predictions.Zip(expected).Count(pair => pair.First.Scores.Any(score => score.Label == pair.Second)) / (double)expected.Length;
        Console.WriteLine(FormattableString.Invariant($"top-1 {topOne:P1}, top-5 {topFive:P1} of {expected.Length} images"));
        Assert.IsGreaterThanOrEqualTo(LeastTopOneAccuracyOfTheDefault, topOne, nameof(ImageClassifier.ForImageNet));
        Assert.IsGreaterThanOrEqualTo(LeastTopFiveAccuracyOfTheDefault, topFive, nameof(ImageClassifier.ForImageNet));
    }

    private void AssertAccuracy(bool useScaledDecoding)
    {
        (string Path, int Class)[] samples = [.. ReferenceData.ReadTable("images", "imagenet-samples.tsv").Select(row => (
            ReferenceData.PathOf("images", "imagenet-samples", row["file"]), int.Parse(row["class_index_1001"], CultureInfo.InvariantCulture)))];
        IDataView rows = _context.Data.LoadFromEnumerable(samples.Select(sample => new PathExample { Image = sample.Path }).ToArray());
        using var transformer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = "Score",
            InputColumnName = "Image",
            Weights = MobileNetV2Weights.FromFile(ReferenceData.PathOf("weights", "mobilenet_v2_1.0_224_imagenet.safetensors")),
            Output = MobileNetV2Output.ClassScores,
            Decoding = new ImageDecodingOptions { UseScaledDecoding = useScaledDecoding },
        }).Fit(rows);

        float[][] scores = [.. transformer.Transform(rows).GetColumn<float[]>("Score")];

        double correct = scores.Zip(samples).Count(pair => pair.First.IndexOf(pair.First.Max()) == pair.Second.Class);
        Console.WriteLine(FormattableString.Invariant($"top-1 {correct / samples.Length:P1} of {samples.Length} images"));
        Assert.HasCount(200, samples);
        Assert.IsGreaterThanOrEqualTo(LeastTopOneAccuracy, correct / samples.Length, $"scaled decoding: {useScaledDecoding}");
    }
}
