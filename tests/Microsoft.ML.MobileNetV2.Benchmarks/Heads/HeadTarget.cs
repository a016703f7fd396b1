namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Is a validation loss to be reached; our time to it is that of the whole default training, or the time until an epoch had reached it.</summary>
internal sealed record HeadTarget(string Name, double Loss, bool IsWholeRun);
