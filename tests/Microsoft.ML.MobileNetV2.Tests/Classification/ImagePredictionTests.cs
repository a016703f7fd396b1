using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Classification;

[TestClass]
public sealed class ImagePredictionTests
{
    private static readonly ClassifierSettings Settings = new(
        EngineSettings.Create(new MobileNetV2EngineOptions { Weights = SyntheticNetwork.Create(0.35f) }, MobileNetV2Output.Features), UnknownThreshold: 0);

    [TestMethod]
    public void Rank_OfManyClassesWithTheSameScore_KeepsTheModelsOrder()
    {
        const int Count = 100;
        float[] scores = [.. Enumerable.Range(0, Count).Select(index => index % 3 / 3f)];
        string[] classes = [.. Enumerable.Range(0, Count).Select(index => $"{index}")];

        ImagePrediction prediction = ImagePrediction.Rank(scores, classes, Count, Settings);

        Assert.AreSequenceEqual(
            Enumerable.Range(0, Count).OrderByDescending(index => scores[index]).Select(index => $"{index}"),
            prediction.Scores.Select(score => score.Label));
    }

    [TestMethod]
    public void Rank_OfFewerClassesThanThereAre_GivesTheBest() =>
        Assert.AreSequenceEqual(["c", "a"], ImagePrediction.Rank([0.3f, 0.1f, 0.6f], ["a", "b", "c"], 2, Settings).Scores.Select(score => score.Label));

    [TestMethod]
    public void Rank_OfMoreClassesThanThereAre_GivesAll() =>
        Assert.HasCount(3, ImagePrediction.Rank([0.3f, 0.1f, 0.6f], ["a", "b", "c"], 5, Settings).Scores);

    [TestMethod]
    public void Rank_PutsWhatIsNotANumberLast() =>
        Assert.AreSequenceEqual(["b", "c", "a"], ImagePrediction.Rank([float.NaN, 0.2f, -1], ["a", "b", "c"], 3, Settings).Scores.Select(score => score.Label));
}
