namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Skips a test, with the reason, where the reference data are missing; under CI it runs and fails instead.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class RequiresReferenceDataAttribute : ConditionBaseAttribute
{
    public RequiresReferenceDataAttribute()
        : base(ConditionMode.Include) => IgnoreMessage = $"Needs the reference data: set {ReferenceData.Variable} to their folder.";

    public override bool IsConditionMet => ReferenceData.IsPresent || Environment.GetEnvironmentVariable("CI") == "true";

    public override string GroupName => nameof(RequiresReferenceDataAttribute);
}
