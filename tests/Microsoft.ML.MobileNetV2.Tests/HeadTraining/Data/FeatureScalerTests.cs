using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Data;

[TestClass]
public sealed class FeatureScalerTests
{
    private static readonly HeadDataset Data = SyntheticFeatures.Classes(4000, 4);

    [TestMethod]
    public void Apply_BringsFeaturesToMeanZeroAndDeviationOne()
    {
        var scaler = FeatureScaler.Fit(Data);
        float[] scaled = new float[Data.Features.Length];

        for (int row = 0; row < Data.RowCount; row++)
        {
            scaler.Apply(Data.FeaturesOf(row), scaled.AsSpan(row * Data.FeatureCount, Data.FeatureCount));
        }

        for (int feature = 0; feature < Data.FeatureCount; feature++)
        {
            double[] column = [.. Enumerable.Range(0, Data.RowCount).Select(row => (double)scaled[row * Data.FeatureCount + feature])];
            Assert.AreEqual(0, column.Average(), 1e-5);
            Assert.IsInRange(0.95, 1.05, Math.Sqrt(column.Average(value => value * value)));
        }
    }

    [TestMethod]
    public void Apply_FewRows_UsesTheDeviationOfAllFeatures()
    {
        float[] features = [0, 0, 0.1f, 10];
        float[] scaled = new float[2];

        FeatureScaler.Fit(new(features, 2, HeadTargets.FromClasses(new[] { 0, 1 }, 2))).Apply([1, 1], scaled);

        // Two rows against a hundred: the factors of both features are nearly the same, although one varies a hundred times as much.
        Assert.AreEqual(0.95 / -4, scaled[0] / scaled[1], 0.01);
    }

    [TestMethod]
    public void Apply_ConstantFeature_StaysBounded()
    {
        float[] features = [5, 0, 5, 1, 5, 0, 5, 1];
        float[] scaled = new float[2];

        FeatureScaler.Fit(new(features, 2, HeadTargets.FromClasses(new[] { 0, 1, 0, 1 }, 2))).Apply([6, 0], scaled);

        Assert.IsInRange(0f, 50f, scaled[0]);
    }

    [TestMethod]
    public void Fold_AfterUnfold_GivesTheSameWeights()
    {
        LayerShape layer = new(Data.FeatureCount, 2, 0, HeadActivation.Linear, 0, 0);
        float[] parameters = [.. Enumerable.Range(0, layer.End).Select(i => MathF.Sin(i))];
        var scaler = FeatureScaler.Fit(Data);
        float[] actual = [.. parameters];

        scaler.Unfold(layer, actual);
        scaler.Fold(layer, actual);

        for (int i = 0; i < actual.Length; i++)
        {
            Assert.AreEqual(parameters[i], actual[i], 1e-4);
        }
    }

    [TestMethod]
    public void Fold_GivesTheSumsOfScaledFeatures()
    {
        LayerShape layer = new(Data.FeatureCount, 1, 0, HeadActivation.Linear, 0, 0);
        float[] parameters = [.. Enumerable.Range(0, layer.End).Select(i => MathF.Cos(i))];
        var scaler = FeatureScaler.Fit(Data);
        float[] scaled = new float[Data.FeatureCount];
        scaler.Apply(Data.FeaturesOf(7), scaled);
        double expected = scaled.Zip(parameters).Sum(pair => (double)pair.First * pair.Second) + parameters[^1];

        scaler.Fold(layer, parameters);

        double actual = Data.FeaturesOf(7).ToArray().Zip(parameters).Sum(pair => (double)pair.First * pair.Second) + parameters[^1];
        Assert.AreEqual(expected, actual, 1e-4);
    }
}
