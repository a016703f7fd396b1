using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Tests.Options;

[TestClass]
public sealed class OptionsValidatorTests
{
    [TestMethod]
    public void ThrowIfAny_SeveralViolations_ListsAllInOrder()
    {
        OptionsValidator validator = new();
        OptionsValidator head = validator.In("Head");

        validator.RequireNotEmpty(string.Empty, "LabelColumnName");
        head.In("Optimizer").RequirePositive(0, "LearningRate");
        head.RequireDefined((HeadLoss)99, "Loss");
        validator.Add("Two columns have the same name.");

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => validator.ThrowIfAny("options"));
        Assert.AreEqual("options", exception.ParamName);
        Assert.StartsWith(
            "The options are not valid: LabelColumnName is empty. Head.Optimizer.LearningRate is 0; expected a finite number above 0. Head.Loss is 99; expected one of CategoricalCrossEntropy, ",
            exception.Message);
        Assert.Contains("Poisson. Two columns have the same name. (Parameter 'options')", exception.Message);
    }

    [TestMethod]
    public void RangeChecks_NaN_IsAViolation()
    {
        OptionsValidator validator = new();

        validator.RequireFinite(float.NaN, "A");
        validator.RequireNotNegative(float.NaN, "B");
        validator.RequireNotNegative(double.NaN, "C");
        validator.RequirePositive(double.NaN, "D");
        validator.RequireFraction(float.NaN, "E");
        validator.RequireFraction(double.NaN, "F");

        string message = Assert.ThrowsExactly<ArgumentException>(() => validator.ThrowIfAny("options")).Message;
        Assert.IsTrue("ABCDEF".All(name => message.Contains($"{name} is NaN; ", StringComparison.Ordinal)), message);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(1024)]
    [DataRow(null)]
    public void RequireInRange_BoundsAndDefault_AreValid(int? value)
    {
        OptionsValidator validator = new();

        validator.RequireInRange(value, "Count", 1, 1024);

        validator.ThrowIfAny("options");
    }
}
