using System.Globalization;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the score of one class.</summary>
/// <param name="Label">The name of the class.</param>
/// <param name="Score">The score: a probability where the head ends in softmax, as it does by default.</param>
public sealed record ClassScore(string Label, float Score)
{
    /// <summary>Returns the class with its score, for display.</summary>
    /// <returns>For example <c>dent (0.989)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} ({Score:0.000})");
}
