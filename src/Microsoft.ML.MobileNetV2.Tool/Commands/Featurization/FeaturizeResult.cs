namespace Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;

/// <summary>Represents a feature file that was written.</summary>
/// <param name="Output">The file.</param>
/// <param name="Shard">Which of the images it has.</param>
/// <param name="Count">The number of its rows.</param>
/// <param name="Unreadable">How many of them have an error instead of features.</param>
/// <param name="Features">The number of features of each image.</param>
/// <param name="Computed">How many rows this run computed; the others were there.</param>
/// <param name="Seconds">The seconds that it took.</param>
internal sealed record FeaturizeResult(string Output, string Shard, int Count, int Unreadable, int Features, int Computed, double Seconds);
