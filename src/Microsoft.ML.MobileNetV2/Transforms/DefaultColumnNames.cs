namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds the column names that ML.NET's own components default to.</summary>
internal static class DefaultColumnNames
{
    internal const string Features = "Features";
}
