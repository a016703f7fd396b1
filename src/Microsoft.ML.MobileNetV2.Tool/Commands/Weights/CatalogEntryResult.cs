namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary>Represents an entry of the catalog.</summary>
internal sealed record CatalogEntryResult(
    string Name, float WidthMultiplier, float DepthMultiplier, int InputSize, long Parameters, double? Top1, double? Top5, string License)
{
    internal static CatalogEntryResult Of(PretrainedWeights entry) => new(
        entry.Name, entry.WidthMultiplier, entry.DepthMultiplier, entry.InputSize, entry.ParameterCount, entry.Top1Accuracy, entry.Top5Accuracy, entry.Description.License);
}
