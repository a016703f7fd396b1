using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Data;

[TestClass]
public sealed class HeadDatasetTests
{
    private static readonly HeadTargets Targets = HeadTargets.FromClasses(new[] { 0, 1, 0 }, 2);

    [TestMethod]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    [DataRow(float.NegativeInfinity, "-Infinity")]
    public void Construction_FeatureThatIsNotFinite_NamesRowAndFeature(float value, string text)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new HeadDataset(new[] { 1, 2, 3, 4, 5, value }, 2, Targets));

        Assert.StartsWith($"Row 2: feature 1 is {text}; features must be finite.", exception.Message);
    }

    [TestMethod]
    public void Construction_NotFiniteFarBehind_NamesRowAndFeature()
    {
        float[] features = new float[3 * 5000];
        features[2 * 5000 + 4321] = float.NaN;

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new HeadDataset(features, 5000, Targets));

        Assert.StartsWith("Row 2: feature 4321 is NaN", exception.Message);
    }

    [TestMethod]
    public void Construction_NumbersOfRowsDiffer_SaysWhatIsExpected()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new HeadDataset(new float[8], 2, Targets));

        Assert.StartsWith("There are 8 features for 3 rows of 2; expected 6.", exception.Message);
    }

    [TestMethod]
    public void Construction_NoRows_Throws()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => new HeadDataset(Array.Empty<float>(), 2, HeadTargets.FromClasses(Array.Empty<int>(), 2)));

        Assert.StartsWith("The data set holds no rows.", exception.Message);
    }

    [TestMethod]
    [DataRow(new[] { 1f, -1, 1 }, "Row 1: the weight is -1; expected a finite number of at least 0.")]
    [DataRow(new[] { 1f, 1, float.NaN }, "Row 2: the weight is NaN; expected a finite number of at least 0.")]
    [DataRow(new[] { 0f, 0, 0 }, "The weights of all rows are 0.")]
    [DataRow(new[] { 1f, 1 }, "There are 2 weights for 3 rows.")]
    public void Construction_WrongWeights_SaysWhy(float[] weights, string message)
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new HeadDataset(new float[6], 2, Targets, weights));

        Assert.StartsWith(message, exception.Message);
    }
}
