using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Checks names of columns among options.</summary>
internal static class ColumnNameValidation
{
    /// <summary>Requires a name that a column can have in a pipeline, and in a saved model, which has columns of its own on the way.</summary>
    internal static void RequireColumnName(this OptionsValidator validator, string? name, string option)
    {
        validator.RequireNotEmpty(name, option);
        validator.Require(
            name?.StartsWith(ModelStep.OwnColumns, StringComparison.Ordinal) != true,
            option,
            name,
            $"names that begin with '{ModelStep.OwnColumns}' belong to the columns inside of saved models");
    }
}
