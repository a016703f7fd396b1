using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents a training to be measured.</summary>
/// <param name="Width">The width multiplier.</param>
/// <param name="Size">The input size in pixels.</param>
/// <param name="BatchSize">The images of a step.</param>
/// <param name="FirstBlock">The first block that is trained; 0 for the whole network.</param>
internal sealed record TrainingBenchmarkCase(float Width, int Size, int BatchSize, int FirstBlock)
{
    /// <summary>Reads cases such as "1.0/224/16,0.35/96/64,1.0/224/16/14".</summary>
    internal static TrainingBenchmarkCase[] Parse(string text) => [.. text.Split(',').Select(ParseOne)];

    private static TrainingBenchmarkCase ParseOne(string text)
    {
        string[] parts = text.Split('/');
        int[] numbers = [.. parts.Skip(1).Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return numbers.Length is 2 or 3 && numbers.All(number => number >= 0) && float.TryParse(parts[0], CultureInfo.InvariantCulture, out float width)
            ? new(width, numbers[0], numbers[1], numbers.ElementAtOrDefault(2))
            : throw new ArgumentException($"--training has '{text}'; expected WIDTH/SIZE/BATCH or WIDTH/SIZE/BATCH/FIRST_BLOCK, for example 1.0/224/16.");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Width:0.0#}/{Size}/{BatchSize}{(FirstBlock > 0 ? $"/{FirstBlock}" : string.Empty)}");
}
