using Microsoft.Extensions.Options;
using Microsoft.ML.MobileNetV2.Serving;

namespace Microsoft.ML.MobileNetV2.Registration;

/// <summary>Validates the options of one classifier. Those of its model are validated when that is loaded.</summary>
internal sealed class ServiceOptionsValidator(ClassifierName classifier) : IValidateOptions<ImageClassifierServiceOptions>
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ImageClassifierServiceOptions options)
    {
        if (name != classifier.Name)
        {
            return ValidateOptionsResult.Skip;
        }

        string[] violations = [.. FindViolations(options).Select(violation => $"{classifier}: {violation}")];
        return violations.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);
    }

    private static IEnumerable<string> FindViolations(ImageClassifierServiceOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Path) != options.UseImageNet)
        {
            yield return options.UseImageNet
                ? $"Path is '{options.Path}' and UseImageNet is true; set one of them."
                : $"Path is '{options.Path}'; expected a .zip that mlContext.Model.Save wrote, or UseImageNet.";
        }

        if (!IsWithin(options.ReloadDelay, LongestDelay))
        {
            yield return $"ReloadDelay is {options.ReloadDelay:c}; expected more than 0 and at most {LongestDelay:c}.";
        }

        if (options.PollingInterval is { } interval && !IsWithin(interval, LongestInterval))
        {
            yield return $"PollingInterval is {interval:c}; expected more than 0 and at most {LongestInterval:c}.";
        }
    }

    private static bool IsWithin(TimeSpan time, TimeSpan longest) => time > TimeSpan.Zero && time <= longest;
}
