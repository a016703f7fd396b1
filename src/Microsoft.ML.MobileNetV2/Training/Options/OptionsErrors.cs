using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Collects everything that is wrong with options, so that one message can say it all.</summary>
internal sealed class OptionsErrors
{
    private readonly List<string> _errors = [];

    internal void Add(string error) => _errors.Add(error);

    internal void Require(bool condition, string name, object? value, string expectation)
    {
        if (!condition)
        {
            _errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value ?? "null"}; {expectation}."));
        }
    }

    internal void RequireNotNegative(double value, string name) =>
        Require(value >= 0 && double.IsFinite(value), name, value, "expected a finite number of at least 0");

    // Floats have overloads of their own, so that 0.2f is not printed with the digits of a double.
    internal void RequireNotNegative(float value, string name) =>
        Require(value >= 0 && float.IsFinite(value), name, value, "expected a finite number of at least 0");

    internal void RequirePositive(double value, string name) =>
        Require(value > 0 && double.IsFinite(value), name, value, "expected a finite number above 0");

    internal void RequireFraction(double value, string name) => Require(value is >= 0 and < 1, name, value, "expected at least 0 and below 1");

    internal void RequireFraction(float value, string name) => Require(value is >= 0 and < 1, name, value, "expected at least 0 and below 1");

    internal void RequireDefined<T>(T value, string name)
        where T : struct, Enum => Require(Enum.IsDefined(value), name, value, $"expected one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>Throws when there is an error.</summary>
    internal void ThrowIfAny(string parameterName)
    {
        if (_errors.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, _errors), parameterName);
        }
    }
}
