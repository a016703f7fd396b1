namespace Microsoft.ML.MobileNetV2.Tests.Training.Optimizers;

[TestClass]
public sealed class LearningRateScheduleTests
{
    public static IEnumerable<(string Name, LearningRateSchedule Schedule, double[] Factors)> Schedules =>
    [
        ("constant", LearningRateSchedule.Constant, [1, 1, 1, 1, 1]),
        ("cosine", LearningRateSchedule.Cosine(), [1, 0.853553, 0.5, 0.146447, 0]),
        ("cosine to 0.2", LearningRateSchedule.Cosine(0.2), [1, 0.882843, 0.6, 0.317157, 0.2]),
        ("step", LearningRateSchedule.Step(4, 0.1), [1, 1, 0.1, 0.1, 0.01]),
        ("exponential", LearningRateSchedule.Exponential(0.5), [1, 0.25, 0.0625, 0.015625, 0.00390625]),
        ("one cycle", LearningRateSchedule.OneCycle(0.5, 0.04, 0), [0.04, 0.52, 1, 0.5, 0]),
        ("delegate", LearningRateSchedule.FromFunction(epoch => epoch), [0, 2, 4, 6, 8]),
    ];

    [TestMethod]
    [DynamicData(nameof(Schedules))]
    public void GetFactor_AtEachQuarterOfEightEpochs_IsTheFormulas(string name, LearningRateSchedule schedule, double[] factors)
    {
        for (int quarter = 0; quarter < factors.Length; quarter++)
        {
            double factor = schedule.GetFactor(new() { Step = quarter * 20, StepsPerEpoch = 10, Epochs = 8 });
            Assert.AreEqual(factors[quarter], factor, 1e-6, $"{name} at {quarter}/4");
        }
    }

    [TestMethod]
    public void GetFactor_StepWithinAnEpoch_KeepsTheFactor()
    {
        double factor = LearningRateSchedule.Step(1, 0.5).GetFactor(new() { Step = 29, StepsPerEpoch = 10, Epochs = 8 });

        Assert.AreEqual(0.25, factor);
    }

    [TestMethod]
    [DataRow(-1.0)]
    [DataRow(double.NaN)]
    public void GetFactor_DelegateThatReturnsNonsense_SaysSo(double value)
    {
        var schedule = LearningRateSchedule.FromFunction(_ => value);

        InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => schedule.GetFactor(new() { Step = 3, StepsPerEpoch = 10, Epochs = 8 }));

        Assert.Contains("at step 3; expected a finite number of at least 0", exception.Message);
    }

    [TestMethod]
    public void Factories_OutOfRange_Throw()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(1.5));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LearningRateSchedule.Exponential(double.NaN));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => LearningRateSchedule.OneCycle(1));
    }
}
