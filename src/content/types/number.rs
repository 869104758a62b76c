//! Yes and no, whole numbers and numbers with a point.

use super::super::field::{Cx, FieldType};
use super::super::shape::{Scalar, Shape, Tipo};
use super::{invalid, not_among, scalar};
use crate::diagnostic::Code;
use crate::text;
use crate::yaml::Node;

impl FieldType for bool {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        match scalar(node, cx)? {
            "true" | "sì" | "si" => Some(true),
            "false" | "no" => Some(false),
            other => cx.fail(not_among(other, &["true", "false"], node.span)),
        }
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { types: &[Tipo::Boolean], example: Some("true"), ..Scalar::default() })
    }
}

impl FieldType for u32 {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        written.parse().ok().or_else(|| {
            cx.fail(invalid(
                Code::FieldType,
                node.span,
                text!("`{written}` non è un numero intero", "`{written}` is not a whole number"),
                text!("scrivi solo cifre, per esempio 30", "write digits only, for example 30"),
            ))
        })
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { types: &[Tipo::Integer], ..Scalar::default() })
    }
}

impl FieldType for f64 {
    fn read(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let written = scalar(node, cx)?;
        written.parse().ok().filter(|n: &f64| n.is_finite()).or_else(|| {
            cx.fail(invalid(
                Code::FieldType,
                node.span,
                text!("`{written}` non è un numero", "`{written}` is not a number"),
                text!(
                    "scrivi il numero con il punto, per esempio 46.0712",
                    "write the number with a point, for example 46.0712"
                ),
            ))
        })
    }

    fn shape() -> Shape {
        Shape::Scalar(Scalar { types: &[Tipo::Number], ..Scalar::default() })
    }
}
