namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Skips a test that takes minutes, with the reason, unless slow tests are asked for.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class SlowTestAttribute : ConditionBaseAttribute
{
    internal const string Variable = "MOBILENETV2_SLOW_TESTS";

    public SlowTestAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = $"Takes minutes: set {Variable} to 1 to run it.";

    public override bool IsConditionMet => Environment.GetEnvironmentVariable(Variable) == "1";

    public override string GroupName => nameof(SlowTestAttribute);
}
