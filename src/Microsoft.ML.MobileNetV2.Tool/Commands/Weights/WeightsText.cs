using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary>Writes what is known about weights.</summary>
internal static class WeightsText
{
    internal static void Write(WeightsResult weights, CommandContext context)
    {
        if (context.IsJson)
        {
            context.WriteJson(weights, CommandJson.Default.WeightsResult);
            return;
        }

        context.WriteLine($"{weights.Name}: width {weights.WidthMultiplier}, depth {weights.DepthMultiplier}, {weights.FeatureCount} features, {weights.ClassCount} classes");
        context.WriteLine($"input {weights.Preprocessing.InputSize} pixels, {weights.Preprocessing.Resize}, {weights.Preprocessing.Interpolation}; padding {weights.Padding}");
        WriteIfAny("license", weights.License);
        WriteIfAny("attribution", weights.Attribution);
        WriteIfAny("file", weights.File);
        WriteIfAny("SHA-256", weights.Sha256);

        void WriteIfAny(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                context.WriteLine($"{name} {value}");
            }
        }
    }
}
