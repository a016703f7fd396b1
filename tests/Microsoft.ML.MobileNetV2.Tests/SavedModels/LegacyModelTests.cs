using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.SavedModels;

/// <summary>Models that earlier versions saved load forever, with the same scores, labels, names and columns.</summary>
[TestClass]
public sealed class LegacyModelTests
{
    private readonly MLContext _context = new(1);

    public static IEnumerable<string> AllModels => LegacyModel.Names;

    public static IEnumerable<string> ModelsWithClasses =>
        AllModels.Where(name => LegacyModel.Read(name).Results.Any(result => result.LoadedBy == LegacyModel.ByImageClassifier));

    [TestMethod]
    [DynamicData(nameof(AllModels))]
    public void Load_GivesTheResultsOfItsTime(string name)
    {
        LegacyModel model = LegacyModel.Read(name);

        ITransformer loaded = _context.Model.LoadStock(model.ModelPath, out _);

        LegacyAssert.Same(model.Result(LegacyModel.ByModelLoad), loaded, LegacyRows.Create(_context, model));
    }

    [TestMethod]
    [DynamicData(nameof(AllModels))]
    public void LoadWithMobileNetV2_GivesTheResultsOfItsTime(string name)
    {
        LegacyModel model = LegacyModel.Read(name);

        ITransformer loaded = _context.Model.LoadWithMobileNetV2(model.ModelPath, out _);

        LegacyAssert.Same(model.Result(LegacyModel.ByLoadWithMobileNetV2), loaded, LegacyRows.Create(_context, model));
    }

    [TestMethod]
    [DynamicData(nameof(ModelsWithClasses))]
    public void ImageClassifierLoad_GivesTheResultsOfItsTime(string name)
    {
        LegacyModel model = LegacyModel.Read(name);
        LegacyResult expected = model.Result(LegacyModel.ByImageClassifier);

        using ImageClassifier classifier = ImageClassifier.Load(model.ModelPath);

        ImagePrediction[] predictions = [.. model.ImagePaths.Select(path => classifier.Predict(ImageSource.FromFile(path), classifier.Classes.Count))];
        Assert.AreSequenceEqual(expected.SlotNames, classifier.Classes);
        Assert.AreSequenceEqual(expected.Best, predictions.Select(prediction => prediction.Best.Label));
        LegacyAssert.Close(
            expected.Scores,
            predictions.Select(prediction => classifier.Classes.Select(label => prediction.Scores.Single(score => score.Label == label).Score).ToArray()));
    }

    [TestMethod]
    public async Task Load_InAFreshProcess_GivesTheScoresOfItsTime()
    {
        LegacyModel model = LegacyModel.Read("lbfgs");

        float[][] scores = await FreshProcess.ReadColumnAsync(model.ModelPath, "Score", model.ImagePaths);

        LegacyAssert.Close(model.Result(LegacyModel.ByModelLoad).Scores, scores);
    }

    [TestMethod]
    public void Models_AreAllThere()
        => Assert.AreSequenceEqual(["binary", "classscores", "lbfgs", "multiclass", "multilabel", "regression"], AllModels.Order(StringComparer.Ordinal));
}
