using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Classification;

/// <summary>ImageNet's classes without training.</summary>
[TestClass]
public sealed class ImageNetClassifierTests
{
    private static readonly string Balloon = TestData.PathOf("Golden", "images", "balloon-219.png");

    [TestMethod]
    public void Predict_WithoutOptions_NamesWhatIsInTheImage()
    {
        using ImageClassifier classifier = ImageClassifier.ForImageNet();

        ImagePrediction prediction = classifier.Predict(Balloon, topK: 3);

        Assert.HasCount(3, prediction.Scores);
        Assert.AreEqual("balloon", prediction.Best.Label);
        Assert.IsGreaterThan(0.5f, prediction.Best.Score);
        Assert.AreEqual(224, classifier.Preprocessing.InputSize);
    }

    [TestMethod]
    public void Predict_OfAllClasses_GivesScoresThatAddUpTo1WithTheBackground()
    {
        using ImageClassifier classifier = ImageClassifier.ForImageNet();

        ImagePrediction prediction = classifier.Predict(Balloon, topK: 2000);

        Assert.AreSequenceEqual(["background", .. ImageNetClasses.Names], classifier.Classes);
        Assert.HasCount(1001, prediction.Scores);
        Assert.AreEqual(1, prediction.Scores.Sum(score => score.Score), 1e-5);
    }

    [TestMethod]
    public void ForImageNet_TakesTheOptions()
    {
        using ImageClassifier classifier = ImageClassifier.ForImageNet(
            new() { InputSize = 96, Resize = ImageResizeMode.Stretch, UnknownThreshold = 1.1f, MaxDegreeOfParallelism = 1 });

        Assert.AreEqual((96, ImageResizeMode.Stretch), (classifier.Preprocessing.InputSize, classifier.Preprocessing.Resize));
        Assert.IsTrue(classifier.Predict(Balloon).IsUnknown);
    }

    [TestMethod]
    [DataRow(1000, "tench")]
    [DataRow(1001, "background")]
    public void ForImageNet_OtherWeightsWithoutNames_GetThoseOfImageNetAndKeepTheirSize(int classCount, string first)
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f, classCount: classCount);
        weights = weights.WithDescription(weights.Description with { Preprocessing = ImagePreprocessing.TensorFlow with { InputSize = 96 } });

        using ImageClassifier classifier = ImageClassifier.ForImageNet(new() { Weights = weights });

        Assert.AreEqual(96, classifier.Preprocessing.InputSize);
        Assert.HasCount(classCount, classifier.Classes);
        Assert.AreEqual((first, "toilet tissue"), (classifier.Classes[0], classifier.Classes[^1]));
    }

    [TestMethod]
    public void ForImageNet_WeightsWithNames_KeepThem()
    {
        string[] names = [.. Enumerable.Range(0, SyntheticNetwork.ClassCount).Select(index => $"class {index}")];
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);

        using ImageClassifier classifier = ImageClassifier.ForImageNet(
            new() { Weights = weights.WithDescription(weights.Description with { ClassNames = names }), InputSize = 64 });

        Assert.AreSequenceEqual(names, classifier.Classes);
    }

    [TestMethod]
    public void ForImageNet_ClassesThatAreNotImageNets_AreRefusedWithARemedy()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => ImageClassifier.ForImageNet(new() { Weights = SyntheticNetwork.Create(0.35f) })).Message;

        Assert.Contains("The weights 'synthetic 0.35' have 10 classes without names; ImageNet has 1000, or 1001 with a background.", message);
        Assert.Contains("WithDescription", message);
    }

    [TestMethod]
    public void ForImageNet_WrongOptions_AreAllListed()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => ImageClassifier.ForImageNet(
            new() { Weights = MobileNetV2Weights.BundledSmall, InputSize = 31, UnknownThreshold = float.NaN }));

        Assert.AreEqual("options", error.ParamName);
        Assert.Contains("UnknownThreshold is NaN", error.Message);
        Assert.Contains("InputSize is 31", error.Message);
        Assert.Contains("the weights 'BundledSmall' have no classifier", error.Message);
    }
}
