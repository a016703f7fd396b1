using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>A model of ready features becomes one of images, which is used and saved as if it had been trained on them.</summary>
[TestClass]
public sealed class WithFeaturizerTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    public void WithFeaturizer_ScoresImagesAsFeatures()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context);
        using var featurizer = CreateFeaturizer(rows);
        using var features = TrainOnFeatures(featurizer.Transform(rows));

        using var images = features.WithFeaturizer(featurizer);

        Assert.AreEqual(("Image", rows.Schema["Image"].Type), (images.FeatureColumnName, images.FeatureColumnType));
        Assert.AreSame(featurizer.Weights, images.Weights);
        Assert.AreSequenceEqual(features.ClassNames, images.ClassNames);
        AssertSame(ScoresOf(features.Transform(featurizer.Transform(rows))), ScoresOf(images.Transform(rows)));

        _context.Model.Save(images, rows.Schema, folder.PathOf("model.zip"));
        AssertSame(ScoresOf(images.Transform(rows)), ScoresOf(_context.Model.Load(folder.PathOf("model.zip"), out _).Transform(rows)));
        using ImageClassifier classifier = ImageClassifier.Load(folder.PathOf("model.zip"));
        Assert.AreSequenceEqual(features.ClassNames, classifier.Classes);
    }

    [TestMethod]
    public void WithFeaturizer_OfAModelOnImagesOrWithOtherFeatures_IsRefused()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        using var featurizer = CreateFeaturizer(rows);
        using var features = TrainOnFeatures(featurizer.Transform(rows));
        using var images = features.WithFeaturizer(featurizer);
        using var map = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            InputSize = TrainedModels.InputSize,
            Output = MobileNetV2Output.FeatureMap,
        }).Fit(rows);

        string tooMuch = Assert.ThrowsExactly<InvalidOperationException>(() => images.WithFeaturizer(featurizer)).Message;
        string other = Assert.ThrowsExactly<ArgumentException>(() => features.WithFeaturizer(map)).Message;

        Assert.Contains("holds its network; leave the featurizer out", tooMuch);
        Assert.Contains("the model takes 1280 features", other);
    }

    private MobileNetV2FeaturizerTransformer CreateFeaturizer(IDataView rows) =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { OutputColumnName = "Features", InputColumnName = "Image", InputSize = TrainedModels.InputSize }).Fit(rows);

    private MobileNetV2PredictionTransformer TrainOnFeatures(IDataView rows) =>
        _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features", Head = new() { Epochs = 3 } }).Fit(rows);

    private static float[][] ScoresOf(IDataView rows) => [.. rows.GetColumn<float[]>("Score")];

    private static void AssertSame(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        foreach ((float[] left, float[] right) in expected.Zip(actual))
        {
            foreach ((float one, float other) in left.Zip(right))
            {
                Assert.AreEqual(one, other, 1e-4f);
            }
        }
    }
}
