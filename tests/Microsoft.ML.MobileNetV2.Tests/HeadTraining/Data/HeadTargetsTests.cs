using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.HeadTraining.Data;

[TestClass]
public sealed class HeadTargetsTests
{
    [TestMethod]
    public void Write_Class_IsOneHot()
    {
        float[] target = [9, 9, 9];

        HeadTargets.FromClasses(new[] { 0, 2 }, 3).Write(1, target);

        Assert.AreSequenceEqual([0f, 0, 1], target);
    }

    [TestMethod]
    public void Write_TwoClassesInOneOutput_IsTheClass()
    {
        float[] target = [9];

        HeadTargets.FromClasses(new[] { 0, 1 }, 2).Write(1, target);

        Assert.AreEqual(1, target[0]);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(-1)]
    public void FromClasses_IndexOutOfRange_NamesRow(int index)
    {
        ArgumentOutOfRangeException exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => HeadTargets.FromClasses(new[] { 0, index }, 3));

        Assert.StartsWith("Row 1: the class must be from 0 to 2.", exception.Message);
    }

    [TestMethod]
    public void FromLabels_NumberOutOfRange_NamesRowAndLabel()
    {
        ArgumentOutOfRangeException exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => HeadTargets.FromLabels(new[] { 0, 1, 1, 1.5f }, 2));

        Assert.StartsWith("Row 1, label 1: expected 0 to 1.", exception.Message);
    }

    [TestMethod]
    public void FromValues_NotFinite_NamesRowAndValue()
    {
        ArgumentOutOfRangeException exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => HeadTargets.FromValues(new[] { 0, 1, float.NaN, 1 }, 2));

        Assert.StartsWith("Row 1, value 0: expected a finite number.", exception.Message);
    }

    [TestMethod]
    public void FromValues_PartOfARow_Throws() => Assert.ThrowsExactly<ArgumentException>(() => HeadTargets.FromValues(new float[5], 2));
}
