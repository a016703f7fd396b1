using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Options;

/// <summary>Collects every violation in an options object, so that one exception reports them all.</summary>
internal sealed class OptionsValidator
{
    private readonly List<string> _violations;
    private readonly string _prefix;

    internal OptionsValidator()
        : this([], string.Empty)
    {
    }

    private OptionsValidator(List<string> violations, string prefix)
    {
        _violations = violations;
        _prefix = prefix;
    }

    /// <summary>Returns a validator for the options in a property, which collects to the same message.</summary>
    internal OptionsValidator In(string property) => new(_violations, $"{_prefix}{property}.");

    /// <summary>Adds a violation: a complete sentence.</summary>
    internal void Add(string violation) => _violations.Add(violation);

    internal void Require(bool condition, string name, object? value, string expectation)
    {
        if (!condition)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{_prefix}{name} is {value ?? "null"}; {expectation}."));
        }
    }

    internal void RequireNotEmpty(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add($"{_prefix}{name} is empty.");
        }
    }

    /// <summary>Requires a number within bounds; null stands for a default.</summary>
    internal void RequireInRange(int? value, string name, int smallest, int largest) =>
        Require(value is null || (value >= smallest && value <= largest), name, value, string.Create(CultureInfo.InvariantCulture, $"expected {smallest} to {largest}"));

    // Floats have overloads of their own, so that 0.2f is not printed with the digits of a double.
    internal void RequireFinite(float value, string name) => Require(float.IsFinite(value), name, value, "expected a finite number");

    internal void RequireNotNegative(double value, string name) =>
        Require(value >= 0 && double.IsFinite(value), name, value, "expected a finite number of at least 0");

    internal void RequireNotNegative(float value, string name) =>
        Require(value >= 0 && float.IsFinite(value), name, value, "expected a finite number of at least 0");

    internal void RequirePositive(double value, string name) =>
        Require(value > 0 && double.IsFinite(value), name, value, "expected a finite number above 0");

    internal void RequireFraction(double value, string name) => Require(value is >= 0 and < 1, name, value, "expected at least 0 and below 1");

    internal void RequireFraction(float value, string name) => Require(value is >= 0 and < 1, name, value, "expected at least 0 and below 1");

    internal void RequireDefined<T>(T value, string name)
        where T : struct, Enum => Require(Enum.IsDefined(value), name, value, $"expected one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <exception cref="ArgumentException">There are violations; the message lists all of them.</exception>
    internal void ThrowIfAny(string parameterName)
    {
        if (_violations.Count > 0)
        {
            throw new ArgumentException($"The options are not valid: {string.Join(" ", _violations)}", parameterName);
        }
    }
}
